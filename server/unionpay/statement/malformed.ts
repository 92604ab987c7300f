/** A statement that cannot be read as the protocol describes it. The message says where and what, without any of its content. */
export class Malformed extends Error {
  override readonly name = 'Malformed'
}
