import type { Phone } from './phone.ts'

/**
 * Lets the first request to `address` reach the server, but not its response, including cookies,
 * the phone.
 */
export async function loseFirstResponse(phone: Phone, address: string): Promise<void> {
  let lost = false
  await phone.page.route(address, async (route) => {
    if (lost) return route.continue()
    lost = true
    const request = route.request()
    const cookies = (await phone.context.cookies(request.url()))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
    const answer = await fetch(request.url(), {
      method: request.method(),
      headers: { 'content-type': 'application/json', cookie: cookies },
      body: request.postData(),
    })
    await answer.text()
    return route.abort()
  })
}
