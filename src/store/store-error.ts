export type StoreErrorCode = 'damaged' | 'newer' | 'unreachable' | 'locked';

/** The database cannot be used. The message says in plain words which one, and what to do. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** The `code` that Node, better-sqlite3 and pg put on their errors; '' without one. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
