import { attachment } from './attachment.js'
import { el } from './dom.js'

const STATUS = { pending: 'Sending…', sent: 'Sent', seen: 'Seen', failed: 'Not sent' }
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

const WHY = {
  too_long: 'Not sent: it is too long',
  unknown_file: 'Not sent: the file is gone',
  not_allowed: 'Not sent: this is not possible here'
}

/** A kept message. `.meta` is its last line: who saw that has seen the message. */
export function messageElement (message, status) {
  return bubble(message, { id: message.id }, status)
}

/** One that is on its way, or did not make it: `onRetry(id)`, `onDiscard(id)`; `over` if there is no way any more. */
export function pendingElement (entry, content, { onRetry, onDiscard, over }) {
  const item = bubble({ ...content, own: true, time: entry.time }, { pending: entry.id }, over ? 'failed' : 'pending')
  if (over || !entry.failed) return item
  setStatus(item, 'failed')
  const status = item.querySelector('.status')
  status.setAttribute('role', 'alert')
  status.textContent = WHY[entry.failed.code] ?? STATUS.failed
  item.querySelector('.meta').append(
    el('button', { type: 'button', className: 'retry', textContent: 'Try again', onclick: () => onRetry(entry.id) }),
    el('button', { type: 'button', className: 'discard', textContent: 'Remove', onclick: () => onDiscard(entry.id) })
  )
  return item
}

export function setStatus (item, status) {
  if (item.dataset.status === status) return
  item.dataset.status = status
  item.querySelector('.status').textContent = STATUS[status]
}

function bubble ({ own, text, file, time }, dataset, status) {
  const when = new Date(time)
  const item = el('li', { className: own ? 'message own' : 'message', dataset },
    el('div', { className: 'bubble' },
      file ? attachment(file) : el('p', { className: 'text', dir: 'auto', textContent: text })),
    el('div', { className: 'meta' },
      el('time', { dateTime: isNaN(when) ? '' : when.toISOString(), textContent: isNaN(when) ? '' : clock.format(when) }),
      own ? el('span', { className: 'status' }) : null))
  if (own) setStatus(item, status)
  return item
}
