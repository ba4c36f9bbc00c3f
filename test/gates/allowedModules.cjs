// Modules that shipped code may import: n8n provides each of them, on n8n Cloud too. n8n's lint would accept any
// development package, because it cannot know that this package bundles nothing.

module.exports = ['n8n-workflow', 'zod', 'luxon', 'crypto', 'node:crypto'];
