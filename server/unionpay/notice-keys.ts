import { createPublicKey, type KeyObject } from 'node:crypto'
import { StartProblem } from '../kernel/start-problem.ts'
import { publicKeysIn } from './key-files/certificates-in.ts'
import { readKeyFile } from './key-files/read-file.ts'

/**
 * UnionPay's fixed public key for notifications, the same for all apps (open platform §10.1,
 * 通知类接口验签银联公钥).
 */
const unionpay = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0QRJ81dxUdJNXoJwx81d
vExIWP9zGhVVdYWKgOajcQI/5F1Qt67ipEL+pSh30P9roPBv6LWHb42z/htmPUrK
XJ4f/WspXkbfBZsERe8XT8NZRnSdR3iZ9RqJKMzgjOetuoeFzTQ5QBalQKfQN9g5
8FEY0wrGH8DbrRzRImsnOVl0vvdIrqvTji+vD6GzZ8egSz9HZ0e9fQKG4dI1nuH1
45OfHY/fNe23oWINbXfFpVWiw+WgTTf8XzjVERD3qAT4i3cwB8RdhNlk3ysW0EJr
t2/WOJiI2NNK3xzXohqPYdUDRA4aWbRPtIma5EtBcnLFm76mXwkTlk9PJm7CJA3c
2QIDAQAB
-----END PUBLIC KEY-----`

export const publishedKey = (): KeyObject => createPublicKey(unionpay)

/**
 * The keys that may sign a notification: the files given, else UnionPay's own. Throws a sentence
 * for an unusable file.
 */
export function loadNoticeKeys(files: readonly string[] | null): KeyObject[] {
  if (!files) return [publishedKey()]
  return files.flatMap((file) => {
    try {
      const keys = publicKeysIn(readKeyFile(file))
      if (keys.length === 0) throw new Error('holds no public key and no certificate')
      const other = keys.find((key) => key.asymmetricKeyType !== 'rsa')
      if (other)
        throw new Error(`is a key of the kind ${other.asymmetricKeyType ?? 'unknown'}, not RSA`)
      return keys
    } catch (error) {
      throw new StartProblem(
        `UNIONPAY_NOTICE_KEY_FILES: ${file}: ${(error as Error).message}. Give a file with UnionPay's public key: PEM, DER or Base64, or its certificate.`,
        { cause: error },
      )
    }
  })
}
