// What the worker knows between its lives: whose device this is, whether pages are kept, and the changes that wait.

const stored = {
  /** One transaction on one store; answers what `work` asked for once it is durable. */
  async use(name, mode, work) {
    const database = await (this.database ??= open());
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode);
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  },
  setting(name) {
    return this.use("settings", "readonly", (store) => store.get(name));
  },
  set(name, value) {
    return this.use("settings", "readwrite", (store) => store.put(value, name));
  },
  /** All changes, in the order they were made. */
  changes() {
    return this.use("changes", "readonly", (store) => store.getAll());
  },
  keep(change) {
    return this.use("changes", "readwrite", (store) => store.put(change));
  },
  drop(number) {
    return this.use("changes", "readwrite", (store) => store.delete(number));
  },
};

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("offline", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("settings");
      request.result.createObjectStore("changes", { keyPath: "number", autoIncrement: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
