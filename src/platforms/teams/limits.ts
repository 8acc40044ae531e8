/** What Teams takes. Lengths are graphemes unless said otherwise. */
export const limits = {
  /** A whole message: 40 KB of UTF-16, here in UTF-16 units, less room for the envelope around the card. */
  cardUnits: 18_000,
  /** What notifications show of a card. */
  summary: 300,
  /** One paragraph. A card that is too big is drawn again with the next smaller number. */
  text: [4000, 1000, 300, 150, 80, 20],
  title: 80,
  label: 200,
  /** More buttons in one row are hidden behind "…". */
  buttonsInRow: 6,
  /** What a phone has room for beside each other, in letters, and what a button needs around its label. */
  lettersInRow: 30,
  aroundLabel: 5,
  /** Of a scale; a longer one takes two rows, so that ten fits on a phone. */
  scaleInRow: 7,
  /** The line an invoke's answer shows under the card. */
  line: 500,
  /** Of a chart; more would not fit side by side. */
  bars: 20,
  alt: 500,
  /**
   * Pixels of a picture for each of its 640 units: 448 wide, or less when the card has no room for that. A trend of
   * eight points is about 6,000 units of a message, at the smallest 4,000; seven rows of grades 19,000 and 11,000.
   */
  pictureZooms: [0.7, 0.6, 0.5],
  choices: 100,
} as const;
