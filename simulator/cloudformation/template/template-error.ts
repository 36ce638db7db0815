/** What is wrong with a template, its parameters or a request: said before anything of the stack is touched. */
export class TemplateError extends Error {
  override readonly name = 'ValidationError';
}
