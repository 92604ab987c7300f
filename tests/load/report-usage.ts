/**
 * Loaded into a measured process before its program: answers 'usage' with the CPU time and memory
 * of this process alone.
 */
process.on('message', (question) => {
  if (question !== 'usage') return
  const { user, system } = process.cpuUsage()
  process.send?.({ usage: { cpu_us: user + system, most_rss_kb: process.resourceUsage().maxRSS } })
})
// the measurement must not keep a process alive
process.channel?.unref()
