import { $, tell } from './dom.js'

const WORDS = {
  left: ['They left. Meet somebody new?'],
  own: ['You left. Meet somebody new?'],
  ended: ['This conversation is over. Meet somebody new?'],
  done: ['This conversation is over. Meet somebody new?'],
  expired: ['This conversation has reached its end. Meet somebody new?'],
  banned: ['That was too much at once', 'The server has closed this conversation for you.'],
  replaced: ['You talk in another tab', 'Too many were open here. The conversation goes on there.'],
  refused: ['The server has closed this conversation']
}

/** What comes in place of the composer when nothing more can be said here. */
export function showEnded (reason) {
  const [title, text] = WORDS[reason] ?? WORDS.refused
  const panel = $('ended')
  const shown = panel.dataset.reason
  if (shown && shown !== 'replaced') return // the first reason is the true one
  panel.dataset.reason = reason
  $('ended-title').textContent = title
  tell($('ended-text'), text)
  $('here').hidden = reason !== 'replaced'
  $('again').hidden = reason === 'replaced'
  $('block-after').hidden = !['left', 'ended'].includes(reason)
  for (const id of ['leave', 'block']) $(id).hidden = true
  panel.hidden = false
  const focus = () => $('ended-title').focus()
  if ($('confirm').open) $('confirm').addEventListener('close', focus, { once: true })
  else focus()
}

export function hideEnded () {
  delete $('ended').dataset.reason
  $('ended').hidden = true
  for (const id of ['leave', 'block']) $(id).hidden = false
}
