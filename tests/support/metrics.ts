/** Reads `/metrics`: the value of a series by its name and labels, as Prometheus writes them. */
export async function scrape(
  port: number,
): Promise<{ text: string; value(series: string): number | undefined }> {
  const text = await (await fetch(`http://localhost:${port}/metrics`)).text()
  const lines = new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const cut = line.lastIndexOf(' ')
        return [line.slice(0, cut), Number(line.slice(cut + 1))]
      }),
  )
  return { text, value: (series) => lines.get(series) }
}
