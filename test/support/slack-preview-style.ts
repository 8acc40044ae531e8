/** The measures and colours of Slack's desktop client, as far as a card shows them. */
export const slackStyle = `
  * { box-sizing: border-box; }
  body { --text: #1d1c1d; --soft: #616061; --page: #fff; --line: rgba(29,28,29,.13); --edge: rgba(29,28,29,.3); --link: #1264a3;
    margin: 0; background: var(--page); color: var(--text); font: 15px/1.46668 Lato, sans-serif; }
  body.dark { --text: #d1d2d3; --soft: #ababad; --page: #1a1d21; --line: rgba(232,232,232,.13); --edge: rgba(232,232,232,.3); --link: #1d9bd1; }
  .message { display: flex; gap: 8px; padding: 8px 20px 12px; }
  .avatar { width: 36px; height: 36px; border-radius: 8px; background: #0f6b57; color: #fff; font-weight: 900; display: grid; place-items: center; flex: none; }
  .body { flex: 1; min-width: 0; }
  .whisper { font-size: 13px; color: var(--soft); }
  .sender { line-height: 1.46668; } .sender b { font-weight: 900; }
  .sender i { font: 700 10px/14px inherit; font-style: normal; font-size: 10px; background: var(--line); border-radius: 2px; padding: 1px 3px; margin: 0 6px; color: var(--soft); }
  .sender time { font-size: 12px; color: var(--soft); }
  .block { margin: 8px 0; max-width: 600px; overflow-wrap: anywhere; white-space: pre-wrap; }
  .block.header { font-size: 18px; font-weight: 900; line-height: 24px; margin: 16px 0 8px; }
  .block.section { display: flex; gap: 12px; align-items: flex-start; } .said { flex: 1; min-width: 0; }
  .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px; }
  .block.context { font-size: 13px; line-height: 18px; color: var(--soft); display: flex; flex-wrap: wrap; gap: 8px; }
  .block.actions { display: flex; flex-wrap: wrap; gap: 8px; white-space: nowrap; }
  hr { border: 0; border-top: 1px solid var(--line); margin: 8px 0; }
  .button { display: inline-flex; align-items: center; justify-content: center; height: 28px; min-width: 36px; max-width: 220px; overflow: hidden; text-overflow: ellipsis;
    padding: 0 12px; border: 1px solid var(--edge); border-radius: 8px; font-size: 13px; font-weight: 700; }
  .button.primary { background: #007a5a; border-color: #007a5a; color: #fff; }
  .button.danger { background: #e01e5a; border-color: #e01e5a; color: #fff; }
  .image { white-space: normal; } .image img { display: block; max-width: min(360px, 100%); max-height: 360px; border-radius: 8px; }
  .title { margin-bottom: 4px; } .title small { color: var(--soft); }
  blockquote { margin: 0; padding: 0 0 0 12px; border-left: 4px solid var(--edge); }
  pre, code { font: 12px/1.5 Menlo, monospace; border: 1px solid var(--line); border-radius: 4px; padding: 2px 4px; } ul { margin: 0; padding-left: 24px; }
  a { color: var(--link); }
  .home { padding: 16px 24px; }
  .shade { background: rgba(0,0,0,.45); padding: 16px; display: flex; justify-content: center; }
  .modal { width: 100%; max-width: 520px; background: var(--page); border: 1px solid var(--line); border-radius: 12px; }
  .modal header { display: flex; align-items: center; gap: 12px; padding: 16px 24px; } .modal header h1 { flex: 1; margin: 0; font-size: 20px; font-weight: 900; line-height: 1.2; }
  .modal header .avatar { width: 28px; height: 28px; border-radius: 6px; } .modal header span { color: var(--soft); font-size: 18px; }
  .modal section { padding: 4px 24px 8px; } .modal .block { margin: 12px 0 16px; }
  .modal footer { display: flex; justify-content: flex-end; gap: 12px; padding: 16px 24px 20px; border-top: 1px solid var(--line); }
  .modal footer .button { height: 36px; padding: 0 16px; font-size: 15px; }
  .input { white-space: normal; } .label { font-weight: 700; margin-bottom: 8px; } .optional { font-weight: 400; color: var(--soft); }
  .field { display: block; min-height: 38px; padding: 7px 12px; border: 1px solid var(--edge); border-radius: 8px; white-space: pre-wrap; }
  .field.tall { min-height: 98px; } .field.select::after { content: '⌄'; float: right; } .actions .field { min-height: 28px; padding: 2px 12px; font-size: 13px; }
  .placeholder, .hint { color: var(--soft); } .hint { font-size: 13px; margin-top: 4px; }
  .radios label { display: flex; gap: 8px; align-items: center; padding: 3px 0; } .dot { width: 18px; height: 18px; border: 1px solid var(--edge); border-radius: 50%; flex: none; }
  .dot.chosen { border: 6px solid #1264a3; background: #fff; }
`;
