/**
 * What the address carried when the page was opened. Return queries stay raw and undecoded: a code may hold
 * `+ / =`, and it is decoded exactly once, by the server.
 */
export type Arrival =
  | { kind: 'plain' }
  | { kind: 'sign_in_return'; query: string }
  | { kind: 'signing_return'; query: string }
  | { kind: 'ticket'; ticket: string }

export type Address = { pathname: string; search: string; hash: string }

/** Takes one parameter out of `a=1&b=2`; the others keep their order and spelling. */
function takeParameter(query: string, name: string): { value: string | null; rest: string } {
  const pairs = query.split('&').filter((pair) => pair !== '')
  const found = pairs.find((pair) => pair.startsWith(`${name}=`))
  if (found === undefined) return { value: null, rest: query }
  return {
    value: decode(found.slice(name.length + 1)),
    rest: pairs.filter((pair) => pair !== found).join('&'),
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const joined = (mark: string, rest: string) => (rest === '' ? '' : mark + rest)

/** A ticket may stand in the query, be the hash (`#ticket=`), or follow a route (`#/plans/x?ticket=`). */
function takeTicket(address: Address): { ticket: string; clean: string } | null {
  const inSearch = takeParameter(address.search.replace(/^\?/, ''), 'ticket')
  if (inSearch.value) {
    return {
      ticket: inSearch.value,
      clean: address.pathname + joined('?', inSearch.rest) + address.hash,
    }
  }
  const [route = '', ...queries] = address.hash.replace(/^#/, '').split('?')
  const before = address.pathname + address.search
  const bare = takeParameter(route, 'ticket')
  if (bare.value) return { ticket: bare.value, clean: before }
  const inHash = takeParameter(queries.join('?'), 'ticket')
  if (inHash.value)
    return { ticket: inHash.value, clean: `${before}#${route}${joined('?', inHash.rest)}` }
  return null
}

/** Reads the address into an arrival and the address that may stay visible afterwards. */
export function readArrival(address: Address): { arrival: Arrival; clean: string | null } {
  const query = address.search.replace(/^\?/, '')
  if (address.pathname === '/return/sign-in')
    return { arrival: { kind: 'sign_in_return', query }, clean: '/#/arriving' }
  if (address.pathname === '/return/signing')
    return { arrival: { kind: 'signing_return', query }, clean: '/#/arriving' }
  const taken = takeTicket(address)
  if (taken) return { arrival: { kind: 'ticket', ticket: taken.ticket }, clean: taken.clean }
  return { arrival: { kind: 'plain' }, clean: null }
}
