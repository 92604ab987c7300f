// Filters operations, shapes and error codes by what is typed; without it the page is complete too.
const search = document.getElementById('search')
const found = document.getElementById('found')
const parts = [...document.querySelectorAll('[data-text]')]

function filter() {
  const words = search.value
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  let shown = 0
  for (const part of parts) {
    part.hidden = !words.every((word) => part.dataset.text.includes(word))
    if (!part.hidden && part.tagName !== 'LI') shown += 1
  }
  found.textContent = words.length === 0 ? '' : `${shown} found`
}

search.addEventListener('input', filter)
// a link from elsewhere must not lead to something that is filtered away
addEventListener('hashchange', () => {
  if (document.querySelector(location.hash || 'html')?.closest('[hidden]')) {
    search.value = ''
    filter()
    document.querySelector(location.hash)?.scrollIntoView()
  }
})
