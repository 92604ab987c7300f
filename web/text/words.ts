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
export type EffectWords = Record<Effect, string>

/** The compiler asks for a sentence here whenever the server learns a new code, reason or state. */
export type FaultWords = Record<FaultCode, Sentence>
export type ReasonWords = Record<SigningReason, Sentence>
export type SigningWords = Record<SigningState, Sentence>
export type ScenarioWords = Record<Scenario, { name: string; hint: string }>
export type ContractStateWords = Record<ContractState, string>
export type HistoryStateWords = Record<ContractState, string>
export type HistorySourceWords = Record<HistoryEntry['source'], string>
export type BillStepWords = Record<BillStep, string>
export type BillSourceWords = Record<OrderSource, string>
export type AdviceWords = Record<PayerAdvice, Sentence>
export type WaitingWords = Record<WaitsFor, Sentence>

/** How a bill stands, in one word; a refund is told where the payment was. */
export type BillMark = 'paid' | 'pending' | 'failed' | 'review' | 'returning' | 'part' | 'returned'
export type BillMarkWords = Record<BillMark, string>

/** A heading and the paragraphs below it. */
export type Section = { title: string; text: string[] }
