import { fileUrl } from '../net/urls.js'
import { el } from './dom.js'

const UNITS = ['B', 'KB', 'MB', 'GB']
const PICTURE = /\.(png|jpe?g|gif|webp)$/i // what an old page puts into the store by itself comes without a type

/** A file of the conversation: shown if it is a picture, played if it sounds or moves, else a link. */
export function attachment ({ name, url, type, size }) {
  const href = fileUrl(url)
  const figure = el('figure', { className: 'attachment' })
  const link = href ? linkTo(href, name) : el('span', { className: 'name', dir: 'auto', textContent: name })
  const caption = el('figcaption', {}, link,
    size === null ? null : el('span', { className: 'size', textContent: ` · ${sizeText(size)}` }))
  const shown = href && player(href, name, type || (PICTURE.test(href) ? 'image' : ''))
  if (shown) {
    shown.addEventListener('error', () => shown.remove(), { once: true }) // the link below stays
    figure.append(shown)
  }
  figure.append(caption)
  return figure
}

function linkTo (href, name) {
  return el('a', { className: 'name', href, download: name, target: '_blank', rel: 'noopener noreferrer', dir: 'auto', textContent: name })
}

function player (src, name, type) {
  switch (type.split('/')[0]) {
    case 'image':
      return el('img', { src, alt: name, decoding: 'async' })
    case 'audio':
      return el('audio', { src, controls: true, preload: 'metadata' })
    case 'video':
      return el('video', { src, controls: true, preload: 'metadata', playsInline: true })
    default:
      return null
  }
}

export function sizeText (bytes) {
  let unit = 0
  while (bytes >= 1024 && unit < UNITS.length - 1) {
    bytes /= 1024
    unit++
  }
  return `${bytes < 10 && unit > 0 ? bytes.toFixed(1) : Math.round(bytes)} ${UNITS[unit]}`
}
