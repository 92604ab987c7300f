/** Runs when it is loaded; exports nothing. */
declare module '@vant/touch-emulator'
