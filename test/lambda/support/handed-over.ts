import { PAYMENTS } from './requests';
import type { GrantProperties, WorkflowProperties } from '../../../lib/grant/grant-properties';
import type { OrganizationDefinition } from '../../../simulator/organization/organization-definition';

export const STATE_MACHINE_ARN = 'arn:aws:states:eu-central-1:111111111111:stateMachine:Settlement';

/** The organization as ManagedEntitlementsSetup leaves it. */
export function setUp(organization: OrganizationDefinition): OrganizationDefinition {
  return {
    ...organization,
    linked: true,
    trustedServices: ['license-manager.amazonaws.com', 'license-management.marketplace.amazonaws.com', 'license-manager.member-account.amazonaws.com'],
  };
}

/** The grant to one account, for which the deployment itself waits for a minute. */
export function handingOver(choice: Pick<WorkflowProperties, 'GiveUpAfterSeconds' | 'AnswersCloudFormation'>): GrantProperties {
  const Workflow = { StateMachineArn: STATE_MACHINE_ARN, ExecutionNamePrefix: 'LinuxForPayments-', ...choice };
  return { ...PAYMENTS, SettleWithinSeconds: '60', Workflow } as GrantProperties;
}

export const IN_BACKGROUND = handingOver({ GiveUpAfterSeconds: '86400', AnswersCloudFormation: 'false' });
export const REQUIRED = handingOver({ GiveUpAfterSeconds: '2700', AnswersCloudFormation: 'true' });
