/**
 * What the address carried when the page was opened. Return queries stay undecoded: a code may
 * contain `+ / =`, and the server decodes it exactly once.
 */
export type Arrival =
  | { kind: 'plain' }
  | { kind: 'sign_in_return'; query: string }
  | { kind: 'signing_return'; query: string }
  | { kind: 'ticket'; ticket: string }

export type Address = { pathname: string; search: string; hash: string }

/** Removes one parameter from `a=1&b=2`; the others keep their order and spelling. */
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

const withPrefix = (prefix: string, rest: string) => (rest === '' ? '' : prefix + rest)

/** A ticket is in the query, is the hash (`#ticket=`), or follows a route (`#/plans/x?ticket=`). */
function takeTicket(address: Address): { ticket: string; clean: string } | null {
  const inSearch = takeParameter(address.search.replace(/^\?/, ''), 'ticket')
  if (inSearch.value) {
    return {
      ticket: inSearch.value,
      clean: address.pathname + withPrefix('?', inSearch.rest) + address.hash,
    }
  }
  const [route = '', ...queries] = address.hash.replace(/^#/, '').split('?')
  const before = address.pathname + address.search
  const bare = takeParameter(route, 'ticket')
  if (bare.value) return { ticket: bare.value, clean: before }
  const inHash = takeParameter(queries.join('?'), 'ticket')
  if (inHash.value)
    return { ticket: inHash.value, clean: `${before}#${route}${withPrefix('?', inHash.rest)}` }
  return null
}

/**
 * Splits the address into an arrival and the address that may stay visible; `clean` is null where
 * nothing has to be removed.
 */
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
