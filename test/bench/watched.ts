/** Loaded first by every process of the bench: it tells what it uses when asked, and ends when the bench does. */
process.on('message', (asked) => {
  if (asked !== 'use') return;
  const { user, system } = process.cpuUsage();
  process.send?.({ memory: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 });
});
process.on('disconnect', () => process.exit());
process.channel?.unref();
