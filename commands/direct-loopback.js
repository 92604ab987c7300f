// Where Node is told to use the proxies of the environment, what is on this machine is still asked
// directly: a proxy elsewhere would look
// for it on its own machine, and a start would wait for itself. Programs that we start inherit it.
const own = ['localhost', '127.0.0.1', '::1', '[::1]']
const said = process.env.no_proxy ?? process.env.NO_PROXY ?? ''
if (said.trim() !== '*') {
  const names = said.split(/[\s,]+/).filter((name) => name !== '')
  const all = [...names, ...own.filter((name) => !names.includes(name))].join(',')
  process.env.NO_PROXY = all
  process.env.no_proxy = all
}
