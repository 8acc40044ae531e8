// Any Node can read this file: it tells those that are too old for the rest what to do.
const major = Number(process.versions.node.split('.')[0]);

if (major < 26 || typeof Temporal === 'undefined') {
  console.error(
    `Belay runs on its own Node 26, and this is Node ${process.versions.node}.\n` +
      'Run `npm ci` and then `npm start` (or `npm test`): these use the one that npm installs beside Belay.\n' +
      'If that is what you did: without install scripts (`--ignore-scripts`) it is not installed.',
  );
  process.exit(1);
}
