import { accessFaults } from './access.ts'
import { attackFaults } from './attack.ts'
import { messageKindFaults } from './message-kinds.ts'
import { messageFaults } from './messages.ts'
import { eventFaults } from './events.ts'
import { sendingFaults } from './sending.ts'
import { lockFaults } from './locks.ts'
import { moneyFaults } from './money.ts'
import { orderFaults } from './orders.ts'
import { signingFaults } from './signing.ts'
import { namedFaults } from './named.ts'
import { sessionFaults } from './sessions.ts'
import { statementFaults } from './statements.ts'
import { approvalFaults } from './approvals.ts'
import { nextActFaults } from './next-acts.ts'
import type { PlantedFault } from './planted-fault.ts'

/** Every mutation that must be caught. */
export const plantedFaults: PlantedFault[] = [
  ...moneyFaults,
  ...orderFaults,
  ...sendingFaults,
  ...lockFaults,
  ...approvalFaults,
  ...messageFaults,
  ...messageKindFaults,
  ...eventFaults,
  ...signingFaults,
  ...sessionFaults,
  ...statementFaults,
  ...namedFaults,
  ...attackFaults,
  ...accessFaults,
  ...nextActFaults,
]
