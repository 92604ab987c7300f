import { inject } from 'vitest'
import { address_variable } from '../support/template.ts'

// What both runners share reads the address from the environment.
process.env[address_variable] = JSON.stringify(inject('database_server'))
