// Loaded into the programs that `npm start` starts: when it is killed they end too, and leave no
// port behind.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}
