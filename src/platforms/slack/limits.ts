/** Slack's limits, in characters unless said otherwise (docs.slack.dev, reference/block-kit and reference/views). */
export const limits = {
  messageBlocks: 50,
  viewBlocks: 100,
  /**
   * Of all blocks together as JSON. Undocumented: chat.postMessage answers msg_blocks_too_long from about
   * 12,000 characters of text and containers on (slackapi/bolt-js issues 2509 and 2867).
   */
  blocksJson: 11_000,
  /** Slack recommends 4,000 for the text of a message and cuts at 40,000. */
  messageText: 3000,
  sectionText: 3000,
  sectionField: 2000,
  sectionFields: 10,
  header: 150,
  contextText: 2000,
  /** Undocumented for rich text; the same as a section's, to be safe. */
  richText: 3000,
  altText: 2000,
  imageTitle: 2000,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  accessibilityLabel: 75,
  url: 3000,
  id: 255,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3000,
  inputLabel: 2000,
  inputHint: 2000,
  placeholder: 150,
  inputText: 3000,
  optionText: 75,
  optionValue: 150,
  selectOptions: 100,
  /** More than this many choices read better as a menu than as radio buttons (Slack allows 10). */
  radioOptions: 5,
  /** Of a scale, which is looked at whole: as many radio buttons as Slack allows. */
  gradeOptions: 10,
  formError: 1000,
} as const;
