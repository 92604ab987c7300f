import { ref } from 'vue'
import type { Appearance } from '../bridge/messages.ts'

export type DevicePreset = { name: string; width: number; height: number }
export const devicePresets: readonly DevicePreset[] = [
  { name: '360×640', width: 360, height: 640 },
  { name: '375×667', width: 375, height: 667 },
  { name: '390×844', width: 390, height: 844 },
  { name: '430×932', width: 430, height: 932 },
]

/**
 * The phone's own text size: the H5's text grows in a page of the same width. The sandbox's own
 * pages are zoomed.
 */
export const fontScales = [1, 1.25, 1.5, 2] as const
export const fontScale = ref<number>(1)

const [small, , usual] = devicePresets as [DevicePreset, DevicePreset, DevicePreset]
const enoughHeight_px = 900

/** The usual phone where it is hardly scaled, the small one in lower windows. */
export const device = ref<DevicePreset>(window.innerHeight >= enoughHeight_px ? usual : small)

/** Light or dark, as in the phone's own settings. The computer's setting by default. */
export const appearance = ref<Appearance>('system')
