/** A small toast for windows without a wallet around them. */
export function drawToast(text: string): void {
  const toast = document.createElement('div')
  toast.textContent = text
  toast.setAttribute('role', 'status')
  Object.assign(toast.style, {
    position: 'fixed',
    left: '50%',
    bottom: '18%',
    transform: 'translateX(-50%)',
    maxWidth: '76%',
    zIndex: '2147483647',
    padding: '10px 16px',
    borderRadius: '8px',
    background: 'rgba(20,22,26,.88)',
    color: '#fff',
    font: '15px/1.5 system-ui, sans-serif',
  })
  document.body.appendChild(toast)
  setTimeout(() => toast.remove(), 2000)
}
