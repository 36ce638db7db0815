import { App } from 'aws-cdk-lib';
import { GrantActivation } from 'cdk-managed-entitlements';
import { QuickStartStack } from './quick-start-stack';

const app = new App();
const context = (key: string) => app.node.tryGetContext(key);

new QuickStartStack(app, 'QuickStart', {
  // The management account of your organization; managed entitlements live in us-east-1.
  env: { account: context('managementAccount'), region: 'us-east-1' },
  granteeAccount: context('granteeAccount'),
  grantName: context('grantName'),
  activation: context('active') ? GrantActivation.active() : GrantActivation.disabled({ reason: 'not needed for now' }),
});
