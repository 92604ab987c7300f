import { nextTick, reactive } from 'vue'
import { journal } from './journal/journal.ts'

export type Side = 'shop' | 'panel' | 'journal'

const phone_px = 420
const side_px = 400
const stacked_px = 900

/** The open panels around the phone, the one opened last at the end. */
const opened = reactive<Side[]>(window.innerWidth >= phone_px + 2 * side_px ? ['shop'] : [])

export const isOpen = (side: Side): boolean => opened.includes(side)

/**
 * Panels opened first close to make room, so that the phone keeps its size. Below the phone, the
 * new panel is scrolled into view.
 */
async function openSide(side: Side): Promise<void> {
  closeSide(side)
  opened.push(side)
  const capacity =
    window.innerWidth < stacked_px
      ? opened.length
      : Math.max(1, Math.floor((window.innerWidth - phone_px) / side_px))
  opened.splice(0, opened.length - capacity)
  await nextTick()
  if (window.innerWidth < stacked_px)
    document.getElementById(`side-${side}`)?.scrollIntoView({ behavior: 'smooth' })
}

function closeSide(side: Side): void {
  const place = opened.indexOf(side)
  if (place >= 0) opened.splice(place, 1)
}

export const toggleSide = (side: Side): void =>
  isOpen(side) ? closeSide(side) : void openSide(side)

/** Shows the journal, filtered to one order. */
export function showInJournal(word: string): void {
  journal.word = word
  journal.only = null
  void openSide('journal')
}
