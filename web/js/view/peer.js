import { avatarUrl } from '../net/urls.js'
import { $, tell } from './dom.js'

export function showPeer ({ name, picture }) {
  $('peer-name').textContent = name
  const url = avatarUrl(picture)
  if (url) $('peer-picture').src = url
  $('peer-picture').hidden = !url
}

export function showPresence (online, ended) {
  const presence = $('peer-presence')
  presence.dataset.online = String(online)
  tell(presence, ended || online === null ? null : online ? 'online' : 'offline')
}

export function showTyping (name) {
  tell($('typing'), name && `${name} is typing…`)
}
