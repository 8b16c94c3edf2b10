import { $, tell } from './dom.js'

/** Asks before `act()` is done; what it throws is shown, and can be tried again. */
export function confirm ({ title, text, yes, act }) {
  const dialog = $('confirm')
  const asked = new AbortController()
  $('confirm-title').textContent = title
  tell($('confirm-text'), text)
  tell($('confirm-error'), null)
  $('confirm-yes').textContent = yes
  $('confirm-yes').disabled = false
  $('confirm-yes').addEventListener('click', async () => {
    $('confirm-yes').disabled = true
    try {
      await act()
      if (!asked.signal.aborted) dialog.close()
    } catch (e) {
      if (asked.signal.aborted) return // nobody waits for this answer any more
      tell($('confirm-error'), e.msg ?? String(e))
      $('confirm-yes').disabled = false
    }
  }, { signal: asked.signal })
  dialog.addEventListener('close', () => asked.abort(), { signal: asked.signal })
  dialog.showModal()
}
