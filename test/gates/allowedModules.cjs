// Modules that shipped code may ask for: n8n provides each of them, on n8n Cloud too. n8n's lint would let any
// development package pass, because it cannot know that this pack bundles nothing.

module.exports = ['n8n-workflow', 'zod', 'luxon', 'crypto', 'node:crypto'];
