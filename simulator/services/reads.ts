/** A store that can be shown as it was. */
export interface Copyable {
  copy(): Copyable;
}

/** What operations that only read are shown of a store. AWS's reads may lag behind its changes. */
export interface Reads {
  shown<Store extends Copyable>(store: Store): Store;
}
