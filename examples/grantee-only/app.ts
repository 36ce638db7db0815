import { App } from 'aws-cdk-lib';
import { ReceivedGrantResponse } from 'cdk-managed-entitlements';
import { GranteeStack } from './grantee-stack';

const app = new App();
const context = (key: string) => app.node.tryGetContext(key);

new GranteeStack(app, 'Grantee', {
  // Your account and any commercial Region; the grant itself lives in us-east-1.
  env: { account: context('account'), region: context('region') },
  grantorAccount: context('grantorAccount'),
  response: context('active') ? ReceivedGrantResponse.activate({ reason: 'deployed' }) : ReceivedGrantResponse.acceptOnly(),
});
