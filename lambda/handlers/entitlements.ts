import { AwsCloudFormation } from '../aws/aws-cloudformation';
import { AwsGrantee } from '../aws/aws-grantee';
import { AwsLicenseManager } from '../aws/aws-license-manager';
import { AwsOrganizations } from '../aws/aws-organizations';
import { AwsStepFunctions } from '../aws/aws-step-functions';
import { patienceFor } from '../aws/patience';
import type { Patience } from '../aws/patience';
import { perRegion } from '../aws/per-region';
import type { CustomResourceFactories, Invocation } from '../cloudformation/custom-resource';
import { GrantResource } from '../cloudformation/resources/grant-resource';
import { LicenseResource } from '../cloudformation/resources/license-resource';
import { serve } from '../cloudformation/serve';
import { sessionNameOf } from '../cloudformation/session-name';
import { Superseded } from '../domain/workflow/superseded';
import type { WorkflowsGateway } from '../domain/workflow/workflows-gateway';

/** Licenses and their grants. */
export const resources = {
  'Custom::MarketplaceLicense': (invocation: Invocation) => {
    const patience = patienceFor(invocation);
    return new LicenseResource((homeRegion) => new AwsLicenseManager(homeRegion, patience));
  },
  'Custom::MarketplaceLicenseGrant': (invocation: Invocation) => {
    const patience = patienceFor(invocation);
    const workflows = new AwsStepFunctions(invocation.stack.region, patience);
    const whileRunning = { ...patience, beforeChange: beforeChange(invocation, workflows) };
    return new GrantResource(invocation, {
      licenseManager: perRegion((homeRegion) => new AwsLicenseManager(homeRegion, whileRunning)),
      organizations: new AwsOrganizations(invocation.stack.partition, patience),
      grantee: (role, homeRegion) => new AwsGrantee(
        { ...role, sessionName: sessionNameOf(invocation.stack), region: invocation.stack.region }, homeRegion, whileRunning),
      workflows,
      stacks: new AwsCloudFormation(invocation.stack.region, patience),
    });
  },
} satisfies CustomResourceFactories;

/** In a pass of a workflow nothing is changed once its execution was stopped: a newer request is at work then. */
function beforeChange({ executionArn }: Invocation, workflows: WorkflowsGateway): Patience['beforeChange'] {
  return executionArn === undefined ? undefined : async () => {
    if (!await workflows.isRunning(executionArn)) {
      throw new Superseded(executionArn);
    }
  };
}

export const handler = serve(resources);
