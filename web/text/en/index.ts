import type { Messages } from '../zh/index.ts'
import { bills } from './bills.ts'
import { contracts } from './contracts.ts'
import { faults } from './faults.ts'
import { legal } from './legal.ts'
import { notices } from './notices.ts'
import { plans } from './plans.ts'
import { signings } from './signings.ts'

export const en: Messages = { bills, contracts, faults, legal, notices, plans, signings }
