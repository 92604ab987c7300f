// Loaded before every command, in plain JavaScript: an older Node cannot even read the TypeScript
// that follows.
import './direct-loopback.js'

const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(
    `wugan needs Node 24 or later; this is ${process.version}. Run commands through npm (npm start, npm test, npx wugan): where it is ` +
      'published for this platform, `npm ci` has put Node 24 into node_modules/.bin. Elsewhere install it from https://nodejs.org.',
  )
  process.exit(1)
}
