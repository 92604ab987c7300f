import { inject } from 'vitest'
import { address_variable } from '../support/template.ts'

// code shared by both runners reads the address from the environment
process.env[address_variable] = JSON.stringify(inject('database_server'))
