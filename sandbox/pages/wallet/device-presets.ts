import { ref } from 'vue'

export type DevicePreset = { name: string; width: number; height: number }
export const devicePresets: readonly DevicePreset[] = [
  { name: '360×640', width: 360, height: 640 },
  { name: '390×844', width: 390, height: 844 },
  { name: '430×932', width: 430, height: 932 },
]

const [small, usual] = devicePresets as [DevicePreset, DevicePreset]
const enoughHeight_px = 900

/** The usual phone where it is hardly scaled, the small one in lower windows. */
export const device = ref<DevicePreset>(window.innerHeight >= enoughHeight_px ? usual : small)
