/**
 * What a teacher's device keeps of a session until it is sent: the screen it is at, the hands, the end.
 * Nothing about a child is in it. Where storage is closed to us, it lives as long as the page.
 */
const PREFIX = "taught:";
const FORGOTTEN_AFTER = 60 * 24 * 60 * 60 * 1000;
const inMemory = new Map();

export function read(id) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + id)) ?? inMemory.get(id) ?? {};
  } catch {
    return inMemory.get(id) ?? {};
  }
}

export function change(id, changes) {
  const record = { ...read(id), ...changes, at: Date.now() };
  inMemory.set(id, record);
  try {
    localStorage.setItem(PREFIX + id, JSON.stringify(record));
  } catch {
    // Full or closed: the page itself still knows.
  }
  return record;
}

export function forget(id) {
  inMemory.delete(id);
  try {
    localStorage.removeItem(PREFIX + id);
  } catch {
    // Nothing was kept there.
  }
}

/** Calls `heard` with the record whenever another window of this device changes it. */
export function follow(id, heard) {
  addEventListener("storage", (event) => {
    if (event.key === PREFIX + id && event.newValue) heard(read(id));
  });
}

/** The records that wait to be sent; those that were left long ago and wait for nothing are thrown away. */
export function waiting() {
  const found = [];
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const record = read(key.slice(PREFIX.length));
      if (record.waits) found.push(record);
      else if (Date.now() - (record.at ?? 0) > FORGOTTEN_AFTER) localStorage.removeItem(key);
    }
  } catch {
    // No storage, nothing kept.
  }
  return found;
}
