/**
 * The module `cfn-response`, which Lambda puts beside inline code: constants, and `send`, which answers CloudFormation and
 * ends the invocation when that is done.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-lambda-function-code-cfnresponsemodule.html
 */
export const CFN_RESPONSE_SOURCE = `'use strict';
exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';
exports.send = (event, context, status, data, physicalResourceId, noEcho) => new Promise((resolve, reject) => {
  const body = JSON.stringify({
    Status: status,
    Reason: 'See the details in CloudWatch Log Stream: ' + context.logStreamName,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: data,
  });
  const { hostname, pathname, search } = new URL(event.ResponseURL);
  const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
  const request = require('https').request({ hostname, port: 443, path: pathname + search, method: 'PUT', headers }, (response) => {
    // A connection whose answer nobody takes stays open, and a process with an open connection has something left to do.
    response.resume();
    resolve();
    context.done();
  });
  request.on('error', (error) => {
    reject(error);
    context.done(error);
  });
  request.end(body);
});
`;
