import { App } from 'aws-cdk-lib';
import { GrantActivation } from 'cdk-managed-entitlements';
import { GrantorStack } from './grantor-stack';
import { MemberStack } from './member-stack';

const app = new App();
const context = (key: string) => app.node.tryGetContext(key);

const shared = { memberAccount: context('memberAccount'), externalId: context('externalId') };
const grantor = new GrantorStack(app, 'Grantor', {
  // The account that bought the product; managed entitlements live in us-east-1.
  env: { account: context('grantorAccount'), region: 'us-east-1' },
  ...shared,
  activation: context('active') ? GrantActivation.active() : GrantActivation.disabled({ reason: 'not needed for now' }),
});
const member = new MemberStack(app, 'Member', {
  env: { account: shared.memberAccount, region: context('memberRegion') },
  grantorRole: grantor.grantorRole,
  organizationId: context('organizationId'),
  externalId: shared.externalId,
});
// The grant is accepted with the role of the member.
grantor.addDependency(member);
