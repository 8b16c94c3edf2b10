/** Foreign URLs become links and pictures through these two only; null means: show none. */
export const fileUrl = (raw, origin = location.origin) => ours(raw, '/files/', origin)
export const avatarUrl = (raw, origin = location.origin) => ours(raw, '/api/user/avatar/', origin)

function ours (raw, folder, origin) {
  if (typeof raw !== 'string' || !raw) return null
  let url
  try {
    url = new URL(raw, origin) // resolves `..` and `//host`, so that what is checked is what will be fetched
  } catch {
    return null
  }
  if (url.origin !== origin || url.username || url.password) return null
  return url.pathname.startsWith(folder) && url.pathname.length > folder.length ? url.href : null
}

export function socketUrl (path, query, from = location) {
  const url = new URL(path, from.href)
  url.protocol = from.protocol === 'https:' ? 'wss:' : 'ws:'
  url.search = new URLSearchParams(query)
  return url.href
}
