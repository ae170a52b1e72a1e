// Fields that a path in the answer does not give: each gets its object as JSON and gives its value as JSON.
const object = (told) => (typeof told === 'string' ? JSON.parse(told) : told)

function hasKey(told) {
  return JSON.stringify(!['', '-', '*'].includes(object(told).ki))
}

function pccRules(told) {
  return JSON.stringify(object(told).pccRules.split('|'))
}

function sessionRules(told) {
  return JSON.stringify(object(told).sessRules.split('|'))
}
