/**
 * Somebody who works with the console. A viewer reads; an operator refunds, ends, resolves; an
 * admin also revokes keys.
 */
export type Operator = { id: string; name: string; role: Role }
export type Role = 'viewer' | 'operator' | 'admin'

export const roles: readonly Role[] = ['viewer', 'operator', 'admin']

/** Whether somebody with role `has` may do what `needs` asks for. */
export const mayAct = (has: Role, needs: Role): boolean =>
  roles.indexOf(has) >= roles.indexOf(needs)
