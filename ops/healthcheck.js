// Whether the server in this container is ready; exit 0 or 1. Asked directly, whatever proxy the
// environment names.
import { get } from 'node:http'

get(
  {
    host: '127.0.0.1',
    port: process.env.PORT || 4600,
    path: '/health/ready',
    agent: false,
    timeout: 2_500,
  },
  (answer) => process.exit(answer.statusCode === 200 ? 0 : 1),
)
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1))
