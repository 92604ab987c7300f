/** The minimum settings of a production; none of the values exists. */
export const production_env = {
  UNIONPAY_ENV: 'production',
  PUBLIC_URL: 'https://pay.example.com',
  DATABASE_URL: 'postgres://wugan@database/wugan',
  DATA_KEY: 'a'.repeat(64),
  TICKET_SECRET: 'b'.repeat(40),
  UNIONPAY_APP_ID: 'app',
  UNIONPAY_APP_SECRET: 'secret',
  MERCHANT_NAME: '青禾',
  MERCHANT_PHONE: '1',
}
