/** What somebody sends again within this is the same: he pressed twice. */
export const twice = { minutes: 1 };
