import { account, grantInput } from './granting';
import { SimulatedClock } from '../../../../simulator/clock/simulated-clock';
import { OrganizationDefinition } from '../../../../simulator/organization/organization-definition';
import { OrganizationState } from '../../../../simulator/organization/organization-state';
import { Roles } from '../../../../simulator/services/iam/roles';
import { ServiceLinkedRoles } from '../../../../simulator/services/iam/service-linked-roles';
import { LicenseManagerState } from '../../../../simulator/services/license-manager/license-manager-state';
import { CreateGrant } from '../../../../simulator/services/license-manager/operations/create-grant';
import { DEFAULT_VARIANTS } from '../../../../simulator/services/variants';
import { TYPICAL_DURATIONS } from '../../../../simulator/services/workflow-durations';
import { rootUser } from '../../../../simulator/wire/caller';
import { MANAGEMENT, READY } from '../simulated-organization';

// Service Quotas, L-55F04DE6. Not over HTTP: two thousand requests would say nothing more.
const QUOTA = 2000;

test('a license has no more than 2,000 grants', () => {
  const grantees = Array.from({ length: QUOTA + 1 }, (_value, index) => String(700000000000 + index));
  const definition: OrganizationDefinition = {
    ...READY,
    accounts: [
      ...READY.accounts, ...grantees.map((id) => ({ id, name: `grantee-${id}`, parentId: 'ou-ex01-sandbox1', state: 'ACTIVE', tags: {} }) as const),
    ],
  };
  const clock = new SimulatedClock();
  const state = new LicenseManagerState({
    definition,
    clock,
    organization: OrganizationState.of(definition, clock.now()),
    serviceLinkedRoles: new ServiceLinkedRoles(new Roles()),
    durations: TYPICAL_DURATIONS,
    variants: DEFAULT_VARIANTS,
  });
  const operation = new CreateGrant(state);
  const create = (id: string) => operation.perform(
    grantInput(account(id)) as Parameters<CreateGrant['perform']>[0], { caller: rootUser(MANAGEMENT), region: 'us-east-1', now: clock.now(), whileWaiting: (result) => result });

  grantees.slice(0, QUOTA).forEach(create);
  expect(() => create(grantees[QUOTA])).toThrow(expect.objectContaining({
    name: 'ResourceLimitExceededException', message: 'A license cannot have more than 2000 grants.',
  }));
  state.workflows.stop();
});
