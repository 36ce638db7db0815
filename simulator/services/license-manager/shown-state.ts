import { LicenseManagerState } from './license-manager-state';
import { Reads } from '../reads';

/** License Manager as operations see it that only read. */
export function shownState(state: LicenseManagerState, reads: Reads): LicenseManagerState {
  return Object.create(state, {
    grants: { get: () => reads.shown(state.grants) },
    settings: { get: () => reads.shown(state.settings) },
  }) as LicenseManagerState;
}
