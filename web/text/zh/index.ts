import { bills } from './bills.ts'
import { contracts } from './contracts.ts'
import { faults } from './faults.ts'
import { legal } from './legal.ts'
import { notices } from './notices.ts'
import { plans } from './plans.ts'
import { signings } from './signings.ts'

export const zh = { bills, contracts, faults, legal, notices, plans, signings }

/** Every language has exactly these messages. */
export type Messages = typeof zh
