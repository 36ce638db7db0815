import { ParameterStore } from './parameter-store';

/** Parameter Store as operations that only read are shown it. */
export interface ShownParameters {
  readonly store: ParameterStore;
}
