import type { Effect, FaultCode } from '../api/result.ts'
import type {
  BillStep,
  ContractState,
  HistoryEntry,
  OrderSource,
  PayerAdvice,
  Scenario,
  SigningReason,
  SigningState,
  WaitsFor,
} from '../../server/api.ts'

/** What happened, in one line, and what the reader can do next. */
export type Sentence = { title: string; next: string }

/** What was debited and what was not, by what became of the request. */
export type EffectMessages = Record<Effect, string>

/** The compiler asks for a sentence here whenever the server learns a new code, reason or state. */
export type FaultMessages = Record<FaultCode, Sentence>
export type ReasonMessages = Record<SigningReason, Sentence>
export type SigningMessages = Record<SigningState, Sentence>
export type ScenarioMessages = Record<Scenario, { name: string; hint: string }>
export type ContractStateLabels = Record<ContractState, string>
export type HistoryStateLabels = Record<ContractState, string>
export type HistorySourceLabels = Record<HistoryEntry['source'], string>
export type BillStepLabels = Record<BillStep, string>
export type BillSourceLabels = Record<OrderSource, string>
export type AdviceMessages = Record<PayerAdvice, Sentence>
export type WaitingMessages = Record<WaitsFor, Sentence>

/** How a bill stands, in one word; a refund is shown at its payment. */
export type BillMark = 'paid' | 'pending' | 'failed' | 'review' | 'returning' | 'part' | 'returned'
export type BillMarkLabels = Record<BillMark, string>

/** A heading and the paragraphs below it. */
export type Section = { title: string; text: string[] }
