import { App } from 'aws-cdk-lib';
import { MigrationStack } from './migration-stack';

const app = new App();
const context = (key: string) => app.node.tryGetContext(key);

new MigrationStack(app, 'Migration', {
  // The management account of your organization; managed entitlements live in us-east-1.
  env: { account: context('managementAccount'), region: 'us-east-1' },
  account: context('account'),
  switched: Boolean(context('switched')),
});
